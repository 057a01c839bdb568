import { chapter } from './testing/chapter.ts';
import { valueCase } from './testing/value-table.ts';

const given = {
  users: [
    { EmployeeID: 'A', IsManager: '1', Language: 'sv' },
    { EmployeeID: 'B', IsManager: '0', Language: 'en-GB' },
  ],
};

chapter('IsManager and Language', [
  valueCase({
    says: 'IsManager is 1 or 0 and nothing else',
    column: 'IsManager',
    accepted: [['1', true], ['0', false], [' 1\u00A0', true], ['', false]],
    shown: (isManager) => ({ isManager }),
    refused: [['yes'], ['no'], ['TRUE'], ['True'], ['false'], ['01'], ['1.0'], ['2'], ['-1'], ['x'], ['1,0']],
    code: 'validateIsManager',
  }),
  {
    says: 'IsManager is given and taken back, and an empty cell leaves it',
    given,
    file: { users: [{ EmployeeID: 'A', IsManager: '0' }, { EmployeeID: 'B', IsManager: '1' }] },
    then: { rows: ['A updated', 'B updated'], people: { A: { isManager: false }, B: { isManager: true } } },
  },
  {
    says: 'IsManager that is as before is no change, and an empty cell neither',
    given,
    file: { users: [{ EmployeeID: 'A', IsManager: '' }, { EmployeeID: 'B', IsManager: '0' }] },
    then: { rows: ['A unchanged', 'B unchanged'], people: { A: { isManager: true }, B: { isManager: false } } },
  },
  valueCase({
    says: 'Language is a BCP 47 tag, kept in its canonical form',
    column: 'Language',
    accepted: [
      ['sv', 'sv'],
      ['SV', 'sv'],
      ['en-gb', 'en-GB'],
      ['PT-br', 'pt-BR'],
      ['zh-hans-cn', 'zh-Hans-CN'],
      ['sr-LATN-rs', 'sr-Latn-RS'],
      ['es-419', 'es-419'],
      ['iw', 'he'],
      ['smj', 'smj'],
      ['de-CH-1996', 'de-CH-1996'],
      [' nb ', 'nb'],
      ['', null],
    ],
    shown: (language) => ({ language }),
    code: 'validateLanguage',
  }),
  valueCase({
    says: 'Language is no name, no country, and has no underscore',
    column: 'Language',
    shown: () => ({}),
    refused: [['swedish'], ['Swedish language'], ['dk'], ['s'], ['sv_SE', ], ['sv-'], ['-sv'], ['sv--SE'], ['12'], ['sv;da'], ['en GB'], ['*']],
    code: 'validateLanguage',
  }),
  {
    says: 'a language that is written otherwise is no change',
    given,
    file: { users: [{ EmployeeID: 'A', Language: 'SV' }, { EmployeeID: 'B', Language: 'EN-gb' }] },
    then: { rows: ['A unchanged', 'B unchanged'], people: { A: { language: 'sv' }, B: { language: 'en-GB' } } },
  },
  {
    says: 'a language with a region is another language',
    given,
    file: { users: [{ EmployeeID: 'A', Language: 'sv-FI' }, { EmployeeID: 'B', Language: 'en' }] },
    then: { rows: ['A updated', 'B updated'], people: { A: { language: 'sv-FI' }, B: { language: 'en' } } },
  },
]);
