import { Metadata, type CountryCode } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';

/**
 * The numbers of a country, or of a calling code that belongs to none. Patterns are texts of regular expressions; what a plan
 * does not have is falsy. The library has all this without declaring it.
 */
export interface PhonePlan {
  nationalNumberPattern(): string;
  possibleLengths(): readonly number[];
  /** What people dial before a national number, and what the library turns that into, if it does not just take it away. */
  nationalPrefixForParsing(): string | 0 | undefined;
  nationalPrefixTransformRule(): string | 0 | undefined;
  /** Where countries share a calling code: with what the numbers of this one begin. */
  leadingDigits(): string | 0 | undefined;
  type(name: string): { pattern(): string | undefined; possibleLengths(): readonly number[] } | undefined;
}

/** A calling code, as `46` or `1`. */
export interface CallingCode {
  /** The plan by which national numbers are told from what is dialled before them. */
  readonly main: PhonePlan;
  /** The plans of all who share the code, in the order in which they are asked. */
  readonly all: readonly PhonePlan[];
}

const countries: Readonly<Record<string, readonly CountryCode[]>> = metadata.country_calling_codes;

/** Every calling code that the phone library knows; none begins with another. */
export const callingCodes: readonly string[] = [...Object.keys(countries), ...Object.keys(metadata.nonGeographic)];

/** What the phone library knows of a calling code, which must be one of `callingCodes`. */
export function callingCode(code: string): CallingCode {
  const main = planOf(code);
  return { main, all: countries[code]?.map(planOf) ?? [main] };
}

/** The plan of a country or calling code. */
function planOf(place: string): PhonePlan {
  const plans = new Metadata();
  // Declared for countries only, though it takes both.
  plans.selectNumberingPlan(place as CountryCode);
  return plans.numberingPlan as unknown as PhonePlan;
}
