/** How a line is meant. */
export type Tone = 'plain' | 'heading' | 'good' | 'warning' | 'error' | 'quiet';

/** Makes a line for the terminal, with its line end. */
export type Pen = (text?: string, tone?: Tone) => string;

const escapeCodes: Readonly<Record<Tone, string>> = {
  plain: '',
  heading: '\u001B[1m',
  good: '\u001B[32m',
  warning: '\u001B[33m',
  error: '\u001B[31m',
  quiet: '\u001B[2m',
};

/**
 * A pen that writes with or without colour (ECMA-48 sequences). Whatever text it is given, no control or direction
 * character of it reaches the terminal: it is written as its code point.
 */
export function pen(colour: boolean): Pen {
  return (text = '', tone = 'plain') => {
    const harmless = text.replace(/[\p{Cc}\p{Bidi_Control}\p{Surrogate}\u2028\u2029]/gu, codePoint);
    return colour && tone !== 'plain' ? `${escapeCodes[tone]}${harmless}\u001B[0m\n` : `${harmless}\n`;
  };
}

function codePoint(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
