/** Lines of a page for customers that can be run. */
export interface DocumentedLines {
  /** The number of the first line in the page. */
  readonly line: number;
  readonly language: 'sh' | 'python';
  readonly text: string;
  /** How many jobs they make. */
  readonly jobs: number;
  /** The programs and libraries that they need. */
  readonly programs: readonly string[];
}

const places: Readonly<Record<string, string>> = {
  ...{ sftp: '/usr/bin/sftp', scp: '/usr/bin/scp', 'ssh-keygen': '/usr/bin/ssh-keygen', 'ssh-keyscan': '/usr/bin/ssh-keyscan' },
  ...{ lftp: '/usr/bin/lftp', curl: '/usr/bin/curl', rclone: '/usr/bin/rclone', paramiko: '/usr/lib/python3/dist-packages/paramiko' },
};

/** The blocks of a page that are fenced as `sh jobs=N` or `python jobs=N`. */
export function documentedLines(page: string): readonly DocumentedLines[] {
  return [...page.matchAll(/^```(sh|python) jobs=(\d+)\n([\s\S]*?)\n```$/gm)].map((found) => {
    const [, language, jobs, text = ''] = found;
    const words = new Set(text.split(/[^\w-]+/));
    return {
      line: page.slice(0, found.index).split('\n').length + 1,
      language: language === 'sh' ? 'sh' : 'python',
      text,
      jobs: Number(jobs),
      programs: Object.entries(places).flatMap(([word, path]) => (words.has(word) ? [path] : [])),
    };
  });
}
