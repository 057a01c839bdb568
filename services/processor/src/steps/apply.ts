export { apply, rehearse } from '@rosterport/directory';
