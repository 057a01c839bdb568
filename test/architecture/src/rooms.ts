/** What a room of the house may do. */
export interface Room {
  /** Its folder. The package is named `@rosterport/` and the last part. */
  readonly folder: string;
  /** The rooms whose packages its product code may import. */
  readonly mayImport: readonly string[];
  /** True for a room that touches no disk, network, clock, environment or log. */
  readonly pure?: true;
  /** True for a room that no product code may import. */
  readonly testsOnly?: true;
  readonly why: string;
}

const effects = ['staging', 'access', 'jobs', 'directory', 'reports'];
const below = ['domain', 'formats', 'rules', 'sftp', 'runtime', 'database'];

/** The house, bottom to top: what stands higher may import what stands lower, and never the other way round. */
export const rooms: readonly Room[] = [
  { folder: 'packages/domain', mayImport: [], pure: true, why: 'The words; everybody stands on them, so they stand on nothing.' },
  { folder: 'packages/formats', mayImport: ['domain'], pure: true, why: 'The same bytes give the same rows, wherever it runs.' },
  { folder: 'packages/rules', mayImport: ['domain'], pure: true, why: 'The same row gets the same verdict, in a thread or offline.' },
  { folder: 'packages/sftp', mayImport: [], pure: true, why: 'A protocol knows nothing of HR, not even our words.' },
  { folder: 'packages/runtime', mayImport: ['domain'], why: 'What any process needs; its faults are failures of the catalogue.' },
  { folder: 'packages/database', mayImport: ['domain', 'runtime'], why: 'The only door to PostgreSQL, below all who store.' },
  { folder: 'packages/staging', mayImport: ['domain', 'runtime'], why: 'Files are accepted while the database is away.' },
  { folder: 'packages/access', mayImport: ['domain', 'runtime', 'database'], why: 'A room with effects.' },
  { folder: 'packages/jobs', mayImport: ['domain', 'runtime', 'database'], why: 'A room with effects.' },
  { folder: 'packages/directory', mayImport: ['domain', 'runtime', 'database'], why: 'A room with effects.' },
  { folder: 'packages/reports', mayImport: ['domain'], why: 'It renders what it is handed, and reads nothing by itself.' },
  { folder: 'services/gateway', mayImport: [...below, ...effects], why: 'Composes rooms; it hears of the processor only by the ledger.' },
  { folder: 'services/processor', mayImport: [...below, ...effects], why: 'Composes rooms; no door is needed to walk a job.' },
  {
    folder: 'services/rosterport',
    mayImport: [...below, ...effects, 'gateway', 'processor'],
    why: 'The one command holds everything; nothing holds it.',
  },
  { folder: 'packages/testing', mayImport: ['domain', 'runtime', 'database'], testsOnly: true, why: 'What tests stand on; it needs a database.' },
  { folder: 'packages/tooling', mayImport: [], testsOnly: true, why: 'Presets, read by the tools themselves.' },
  { folder: 'test/architecture', mayImport: ['domain'], testsOnly: true, why: 'Reads the catalogues, and all else as text.' },
  { folder: 'test/fixtures', mayImport: ['domain'], testsOnly: true, why: 'What it expects is worked out without the code that it judges.' },
  { folder: 'test/bench', mayImport: [...below, ...effects, 'gateway', 'processor', 'testing', 'fixtures'], testsOnly: true, why: 'Measures the doors and the pipeline.' },
  {
    folder: 'test/journeys',
    mayImport: [...below, 'rosterport', 'testing', 'fixtures'],
    testsOnly: true,
    why: 'Walks through the doors of the built product, as a stranger does.',
  },
  {
    folder: 'test/faults',
    mayImport: ['sftp', 'journeys'],
    testsOnly: true,
    why: 'Does to the built product what hostile clients do, in packets of the protocol.',
  },
  {
    folder: 'test/interop',
    mayImport: ['domain', 'database', 'access', 'sftp', 'journeys'],
    testsOnly: true,
    why: 'Drives the clients that customers have; its tenants are made in the database, since sixty starts of the command line take longer than the matrix.',
  },
];

/** The name of a room: the last part of its folder. */
export function nameOf(room: Room): string {
  return room.folder.replace(/^.*\//, '');
}

/** The rooms that stand side by side: none imports another, so that a service can put any two into one transaction. */
export const roomsWithEffects: readonly string[] = effects;
