// npm twitter-api-v2 against the sandbox: post, picture with alt text, clip in pieces (form data), list, delete.
//
//   npm install --prefix /tmp/clients twitter-api-v2@1.29.1
//   uv run python -m loa.sandbox --journal /tmp/clients/journal.jsonl --port 8790 &
//   NODE_PATH=/tmp/clients/node_modules node benchmarks/clients/x_twitter_api_v2.cjs http://127.0.0.1:8790
//
// The package speaks https to a fixed host and chooses its body forms by that address: only the transport is exchanged.
const assert = require("node:assert");
const http = require("node:http");
const https = require("node:https");

const sandbox = new URL(process.argv[2]);
https.request = (options, ...rest) =>
  http.request({
    method: options.method, headers: options.headers, path: `/x${options.path ?? options.pathname + (options.search ?? "")}`,
    hostname: sandbox.hostname, port: sandbox.port,
  }, ...rest);

const { TwitterApi, EUploadMimeType } = require("twitter-api-v2");

const USER = "2244994945";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");
const FILM = Buffer.concat([Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1"), Buffer.alloc(3_000_000, "phim ")]);

async function main() {
  const client = new TwitterApi({
    appKey: "sandbox-app", appSecret: "sandbox-app-secret",
    accessToken: `sandbox-${USER}`, accessSecret: "sandbox-token-secret",
  });
  const done = [];

  assert.equal((await client.v2.me()).data.id, USER); done.push("users/me");
  const words = `Tin thử ${Date.now()}`;
  const posted = await client.v2.tweet(`${words} dichvucong.gov.vn`); done.push("post");
  const picture = await client.v2.uploadMedia(PNG, { media_type: EUploadMimeType.Png, media_category: "tweet_image" });
  await client.v2.createMediaMetadata(picture, { alt_text: { text: "Người dân nộp hồ sơ" } });
  const withPicture = await client.v2.tweet(`${words} ảnh`, { media: { media_ids: [picture] } });
  done.push("picture with alt text");
  const clip = await client.v2.uploadMedia(FILM, { media_type: EUploadMimeType.Mp4, media_category: "tweet_video", chunkSize: 1024 * 1024 });
  const withClip = await client.v2.tweet(`${words} clip`, { media: { media_ids: [clip] } });
  done.push("clip in pieces, as form data, with its processing");
  const list = await client.v2.userTimeline(USER, { max_results: 5, "tweet.fields": ["entities", "attachments"], exclude: "replies" });
  assert.deepEqual(list.data.data.map((each) => each.id).slice(0, 3), [withClip, withPicture, posted].map((each) => each.data.id));
  done.push("timeline");
  await assert.rejects(client.v2.tweet(`${words} ảnh`), (error) => error.code === 403); done.push("duplicate refused");
  assert.ok(list.rateLimit.remaining < list.rateLimit.limit); done.push("rate headers read");
  for (const each of [posted, withPicture, withClip]) assert.equal((await client.v2.deleteTweet(each.data.id)).data.deleted, true);
  done.push("delete");
  console.log(`twitter-api-v2 ${require("twitter-api-v2/package.json").version}: ${done.length} of ${done.length} steps\n  ${done.join("\n  ")}`);
}

main().catch((error) => { console.error(error.data ?? error); process.exit(1); });
