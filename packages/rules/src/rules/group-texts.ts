import type { AnyField, GroupRecord } from '@rosterport/domain';
import type { Cell } from '../cell.ts';
import type { Draft } from '../row-in-hand.ts';
import { columnFor, type RuleContext } from '../rule-context.ts';
import type { GroupRule } from '../rule.ts';

/** Reads the values of a group; whether the mandatory ones are there is judged elsewhere. */
export const groupTexts: GroupRule = {
  name: 'group-texts',
  code: null,
  compile(context) {
    const id = positionOf(context, 'orgUnitId');
    const name = positionOf(context, 'name');
    const description = positionOf(context, 'description');
    const manager = positionOf(context, 'responsibleManager');
    const parent = positionOf(context, 'parentOrgUnit');
    return ({ cells, draft }) => {
      setMandatory(draft, 'externalId', cells[id]);
      setMandatory(draft, 'name', cells[name]);
      setOptional(draft, 'description', cells[description]);
      setOptional(draft, 'responsibleManager', cells[manager]);
      setOptional(draft, 'parent', cells[parent]);
    };
  },
  accepted: [
    {
      kind: 'groups',
      row: { orgUnitId: 'DEP_001', name: 'HR', description: 'HR Department', responsibleManager: 'E654321', parentOrgUnit: 'DEP_002' },
      gives: { externalId: 'DEP_001', name: 'HR', description: 'HR Department', responsibleManager: 'E654321', parent: 'DEP_002' },
    },
    {
      kind: 'groups',
      row: { description: '', responsibleManager: '', parentOrgUnit: '' },
      gives: { description: undefined, responsibleManager: undefined, parent: undefined },
    },
    {
      kind: 'groups',
      row: { description: '-', responsibleManager: '-', parentOrgUnit: '-' },
      policy: { clearToken: '-' },
      gives: { description: null, responsibleManager: null, parent: null },
    },
  ],
  refused: [],
};

/** The field's position, or one at which no row has a cell. */
function positionOf(context: RuleContext, field: AnyField): number {
  return columnFor(context, field)?.position ?? -1;
}

function setMandatory(draft: Draft<GroupRecord>, key: 'externalId' | 'name', cell: Cell): void {
  if (typeof cell === 'string') draft[key] = cell;
}

function setOptional(draft: Draft<GroupRecord>, key: 'description' | 'responsibleManager' | 'parent', cell: Cell): void {
  if (typeof cell === 'string' || cell === null) draft[key] = cell;
}
