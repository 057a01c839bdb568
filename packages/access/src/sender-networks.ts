import { Failure } from '@rosterport/domain';
import { readNetworks } from '@rosterport/runtime';

/** How many networks one rule may name; whoever needs more wants a firewall. */
const mostNetworks = 100;

/** The networks, once each of them is proved to be one. Failure: `networkInvalid`, which names the first that is none. */
export function provedNetworks(texts: readonly string[]): readonly string[] {
  const reading = readNetworks(texts);
  if (!reading.ok) throw new Failure('networkInvalid', { values: { problem: `\`${reading.wrong.slice(0, 50)}\` is none` } });
  if (texts.length > mostNetworks) throw new Failure('networkInvalid', { values: { problem: `there are more than ${mostNetworks}` } });
  return [...new Set(texts)];
}

/**
 * True when every list that is not empty holds the address. What cannot be read holds nothing, and neither is an unknown
 * address held by any.
 */
export function mayComeFrom(rules: readonly (readonly string[])[], address: string | undefined): boolean {
  return rules.every((texts) => {
    if (texts.length === 0) return true;
    const reading = readNetworks(texts);
    return reading.ok && address !== undefined && reading.networks.has(address);
  });
}
