import { fileURLToPath } from 'node:url';

/** The users file that comes with the product. */
export const samplePath = fileURLToPath(new URL('../../../../samples/users.csv', import.meta.url));
