import { apply, rehearse } from './apply.ts';
import { detect } from './detect.ts';
import { judge } from './judge.ts';
import { parse } from './parse.ts';
import { plan } from './plan.ts';
import { report } from './report.ts';
import { validate } from './validate.ts';

/** The way of a file once it is sealed: each step takes what the one before it gives. */
export const steps = { detect, parse, validate, plan, judge, apply, rehearse, report };

export * from './step.ts';
