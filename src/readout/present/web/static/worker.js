// Reading without a network. Pages come from the network whenever it answers; what was read is kept for when it does not.
// What is sent goes to the network as it is; where it cannot, a page of ours says so, and that it can be sent again.
// Served as /sw.js below a first line that names SHELL (the files every page needs), OFFLINE, UNSENT, ROOT and VERSION.
"use strict";

const FILES = `files-${VERSION}`;
const READ = "read";
const KEPT = "kept";
const MOST = 150;
const PATIENCE = 8000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((files) => files.addAll([...SHELL, OFFLINE, UNSENT])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (![FILES, READ, KEPT].includes(name)) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  const { keep: addresses, read: address } = event.data || {};
  if (Array.isArray(addresses)) event.waitUntil(keep(addresses.slice(0, MOST)));
  if (typeof address === "string") event.waitUntil(again(address));
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const path = new URL(request.url).pathname;
  if (new URL(request.url).origin !== self.location.origin) return;
  if (request.method === "POST" && request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(UNSENT)));
  if (request.method !== "GET") return;
  if (SHELL.includes(path)) event.respondWith(caches.match(path).then((found) => found || fetch(request)));
  else if (request.mode === "navigate") event.respondWith(opened(request, path));
});

const readable = (path) => ["article/", "story/", "page/", "latest", "saved"].some((one) => path.startsWith(ROOT + one)) || path === ROOT;

async function opened(request, path) {
  try {
    const answer = await Promise.race([fetch(request), new Promise((_, no) => setTimeout(no, PATIENCE))]);
    if (answer.ok && !answer.redirected && readable(path)) await remember(request, answer.clone());
    return answer;
  } catch {
    return (await caches.match(request)) || (await caches.match(request, { ignoreSearch: true })) || caches.match(OFFLINE);
  }
}

async function remember(request, answer) {
  const read = await caches.open(READ);
  await read.delete(request);
  await read.put(request, answer);
  const all = await read.keys();
  for (const old of all.slice(0, Math.max(0, all.length - MOST))) await read.delete(old);
}

async function again(address) {
  const { origin, pathname } = new URL(address);
  if (origin !== self.location.origin || !readable(pathname)) return;
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  if (answer && answer.ok && !answer.redirected) await remember(new Request(address), answer);
}

async function keep(addresses) {
  const kept = await caches.open(KEPT);
  const wanted = new Set(addresses.filter((one) => new URL(one).origin === self.location.origin));
  for (const request of await kept.keys()) if (!wanted.has(request.url)) await kept.delete(request);
  for (const address of wanted) {
    if (await kept.match(address)) continue;
    const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    if (answer && answer.ok) await kept.put(address, answer);
  }
}
