export { apply } from '@rosterport/directory';
