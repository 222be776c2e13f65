import { NewTopicRequest, Topic, TopicList, TopicQuery } from "@/lib/domain/consent/shapes";
import { endpoint } from "@/lib/http/endpoint";
import { caller } from "@/lib/http/gates";
import { route } from "@/lib/http/route";
import { createTopic, listTopics } from "@/lib/services/consent/topics";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: route({
    says: "Lists what people can subscribe to one by one, by name.",
    needs: "consent:read",
    gate: caller,
    query: TopicQuery,
    answer: TopicList,
    handle: async ({ ctx, query }) => listTopics(ctx, query),
  }),
  POST: route({
    says: "Makes a topic; a public one appears in the preference centre at once.",
    needs: "consent:lift",
    gate: caller,
    body: NewTopicRequest,
    answer: Topic,
    status: 201,
    handle: async ({ ctx, body }) => createTopic(ctx, body),
  }),
});
