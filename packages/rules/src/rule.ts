import type { AttributeDefinition, FeedPolicy, GroupRecord, IssueCode, SheetKind, UserRecord } from '@rosterport/domain';
import type { Draft, RowInHand } from './row-in-hand.ts';
import type { RuleContext } from './rule-context.ts';

/** What a rule does with each row of a sheet: adds findings, fills in its part of the draft, or both. Never throws. */
export type Step<DraftType> = (row: RowInHand<DraftType>) => void;

/** One rule of the contract, with examples that prove it. */
export interface Rule<DraftType> {
  /** Its file's name. */
  readonly name: string;
  /** The code of its findings; `null` when it only reads values of which none is wrong. */
  readonly code: IssueCode | null;
  /** Makes the rule ready for a sheet; `null` when the sheet has nothing for it to do. Called once a sheet. */
  readonly compile: (context: RuleContext) => Step<DraftType> | null;
  /** Rows that raise nothing. */
  readonly accepted: readonly AcceptedExample[];
  /** Rows that raise the rule's code once, and nothing else. */
  readonly refused: readonly RefusedExample[];
}

/** A rule for users. */
export type UserRule = Rule<Draft<UserRecord>>;
/** A rule for groups. */
export type GroupRule = Rule<Draft<GroupRecord>>;
/** A rule that only judges, and so serves both kinds. */
export type AnyRule = Rule<unknown>;

/** A row that shows what a rule does. Mandatory values that it does not name are filled in. */
export interface Example {
  /** Users, unless it says groups. */
  readonly kind?: SheetKind;
  /** Text by field, a list of texts for a repeated column; a name that is no field is an attribute. */
  readonly row: Readonly<Record<string, string | readonly string[]>>;
  /** Cells to the right of the last header. */
  readonly surplus?: readonly string[];
  /** The fields whose number may have lost digits. */
  readonly damaged?: readonly string[];
  readonly policy?: Partial<FeedPolicy>;
  /** Attributes that are defined: texts by their names, others by what is special about them. */
  readonly knownAttributes?: readonly (string | (Pick<AttributeDefinition, 'name'> & Partial<AttributeDefinition>))[];
}

/** A row that raises nothing. */
export interface AcceptedExample extends Example {
  /** Parts of the record that it gives. */
  readonly gives?: Partial<UserRecord> | Partial<GroupRecord>;
}

/** A row that raises the rule's code. */
export interface RefusedExample extends Example {
  /** The field or attribute on which the finding stands; `null` when it is about the row as a whole. */
  readonly column: string | null;
  readonly expected?: string;
  /** Parts of the record that it gives all the same; only where the finding is a warning. */
  readonly gives?: Partial<UserRecord> | Partial<GroupRecord>;
}
