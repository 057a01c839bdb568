import type { Archive } from './archive.ts';
import { scanXml } from './xml-scanner.ts';

/** What a part refers to. */
export interface Relation {
  readonly id: string;
  /** Last word of the type's address, which is the same in both editions of the standard. */
  readonly type: string;
  /** Name of the part referred to. */
  readonly target: string;
}

/** The references of a part, or of the whole archive when the name is empty. Empty when the part has none. */
export async function readRelations(archive: Archive, part: string): Promise<Relation[]> {
  const folderEnd = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, folderEnd);
  const name = `${folder}_rels/${part.slice(folderEnd)}.rels`;
  const relations: Relation[] = [];
  if (!archive.has(name)) return relations;
  await scanXml(archive.read(name), {
    wantsText: false,
    open(element, tag) {
      if (element !== 'Relationship') return;
      const attributes = tag.all();
      if (attributes.get('TargetMode') === 'External') return;
      const type = (attributes.get('Type') ?? '').replace(/^.*\//, '');
      relations.push({ id: attributes.get('Id') ?? '', type, target: resolved(attributes.get('Target') ?? '', folder) });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return relations;
}

/** Targets are relative to the folder of the part that refers, unless they begin with a slash. */
function resolved(target: string, folder: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return decoded(steps.join('/'));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A name with a lone percent sign is written as it is.
    return path;
  }
}
