/**
 * What absence from a file means.
 *
 * - `delta`: people whom no row names are left untouched.
 * - `full`: the file is the whole truth of its source.
 */
export type Mode = 'delta' | 'full';
