import { feedProblems, findFeed, listFeeds, mergedPolicy, shownFeed, type FeedChanges, type NewFeed, type PolicyChanges } from '@rosterport/access';
import { defaultFeedPolicy } from '@rosterport/domain';
import { alterFeed, createFeed } from '../../administer-feeds.ts';
import { feedChangesBody, feedParams, feedSchema, listOf, newFeedBody } from './admin-schemas.ts';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { guarded } from './endpoint.ts';

const feedAnswer = { 200: { description: 'The feed.', content: { 'application/json': feedSchema } } } as const;

/** The feeds of the tenant. */
export const showFeeds = guarded(['admin'], {
  method: 'get',
  path: '/v1/admin/feeds',
  summary: 'Lists the feeds',
  responses: { 200: { description: 'All feeds, ordered by name.', content: { 'application/json': listOf(feedSchema) } } },
  async handle({ service, req, res, identity }) {
    const feeds = await listFeeds(service.context.database, identity.tenantId);
    await sendAnswer(req, res, jsonAnswer(200, { items: feeds.map(shownFeed), next: null }));
  },
});

/** One feed. */
export const showFeed = guarded(['admin'], {
  method: 'get',
  path: '/v1/admin/feeds/{name}',
  summary: 'Shows one feed',
  params: feedParams,
  responses: feedAnswer,
  async handle({ service, req, res, identity, params }) {
    const feed = await findFeed(service.context.database, identity.tenantId, params.name);
    await sendAnswer(req, res, jsonAnswer(200, shownFeed(feed)));
  },
});

/** A new feed. */
export const postFeed = guarded(['admin'], {
  method: 'post',
  path: '/v1/admin/feeds',
  summary: 'Adds a feed',
  json: newFeedBody,
  responses: {
    201: {
      description: 'The feed.',
      content: { 'application/json': feedSchema },
      headers: { Location: 'The address of the feed.' },
    },
  },
  inspect: ({ sound: { name = 'a', source = 'a', mode = 'delta', policy = {} } }) =>
    feedProblems({ name, source, mode, policy: mergedPolicy(defaultFeedPolicy, policy as PolicyChanges) }),
  async handle({ service, req, res, identity, json }) {
    // The schema leaves out what was not sent, and never says that it is undefined.
    const feed = await createFeed(service.context.database, identity, json as Omit<NewFeed, 'tenantId'>);
    await sendAnswer(req, res, jsonAnswer(201, shownFeed(feed), { Location: `/v1/admin/feeds/${feed.name}` }));
  },
});

/** A feed that is changed, enabled or disabled. */
export const patchFeed = guarded(['admin'], {
  method: 'patch',
  path: '/v1/admin/feeds/{name}',
  summary: 'Changes, enables or disables a feed',
  description: 'A disabled feed takes no files and leaves all people as they were. Enabled again, it finds them by their e-mail first.',
  params: feedParams,
  json: feedChangesBody,
  responses: feedAnswer,
  inspect: async ({ service, identity, params, sound }) => {
    const feed = await findFeed(service.context.database, identity.tenantId, params.name);
    return feedProblems({ ...feed, policy: mergedPolicy(feed.policy, (sound.policy ?? {}) as PolicyChanges) });
  },
  async handle({ service, req, res, identity, params, json }) {
    const feed = await alterFeed(service.context.database, identity, { ...(json as FeedChanges), name: params.name });
    await sendAnswer(req, res, jsonAnswer(200, shownFeed(feed)));
  },
});
