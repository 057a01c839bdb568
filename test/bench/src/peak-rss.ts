import { readFileSync } from 'node:fs';

/**
 * The most memory that this process had at once, in MiB. Not `process.resourceUsage().maxRSS` where the kernel tells better:
 * on Linux that number begins with what the parent had when it started us.
 */
export function peakRssMb(): number {
  return (peakOnLinux() ?? process.resourceUsage().maxRSS) / 1_024;
}

/** In KiB. */
function peakOnLinux(): number | null {
  if (process.platform !== 'linux') return null;
  const [, peak] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return peak === undefined ? null : Number(peak);
}
