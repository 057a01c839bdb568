import { expect, test } from '@jest/globals';
import { scopes, type CredentialId, type FeedId, type Scope, type TenantId } from '@rosterport/domain';

import { requireScope, type Identity } from './identity.ts';

function identityWith(held: readonly Scope[]): Identity {
  return {
    tenantId: 't' as TenantId,
    tenantName: 'acme',
    credentialId: 'c' as CredentialId,
    feedId: 'f' as FeedId,
    scopes: held,
  };
}

test.each(scopes)('the scope %s is enough for itself and for nothing else', (scope) => {
  expect(() => requireScope(identityWith([scope]), scope)).not.toThrow();
  const others = scopes.filter((other) => other !== scope);
  expect(() => requireScope(identityWith(others), scope)).toThrow(
    expect.objectContaining({ code: 'scopeMissing', message: expect.stringContaining(`\`${scope}\``) }),
  );
});

test('no scope is enough for nothing', () => {
  for (const scope of scopes) {
    expect(() => requireScope(identityWith([]), scope)).toThrow(expect.objectContaining({ code: 'scopeMissing' }));
  }
});
