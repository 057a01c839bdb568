/** The code of an error that the server reported (SQLSTATE; PostgreSQL documentation, appendix A); `undefined` for others without one. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
