// What a page can do beyond being read: keys, times in the reader's own zone, listening, reading without a network.
// Nothing here is needed to read; nothing leaves for any other site; nothing is built from text of the page.
"use strict";

const root = document.documentElement;
const chosen = root.dataset;

// Times: the machine's form is in the page; the words change, and the page's own words stay in the title.

const ZONE = chosen.zone === "device" ? undefined : chosen.zone;
const AGES = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

function ago(at, day) {
  const seconds = (at - (day ? new Date().setUTCHours(0, 0, 0, 0) : Date.now())) / 1000;
  if (day && Math.abs(seconds) < 604800) return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(seconds / 86400, "day");
  const [unit, length] = AGES.find(([, length]) => Math.abs(seconds) >= length) || ["minute", 60];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.trunc(seconds / length), unit);
}

function local(at, about) {
  const day = { day: "numeric", month: "long", year: "numeric", timeZone: ZONE };
  const clock = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: ZONE, timeZoneName: "short" };
  return `${at.toLocaleDateString("en-GB", day)}, ${about}${at.toLocaleTimeString("en-GB", clock)}`;
}

function retime() {
  const zoned = chosen.zone !== "UTC";
  if (!zoned && chosen.times !== "relative") return;
  for (const time of document.querySelectorAll("time[datetime]")) {
    const exact = time.dateTime.endsWith("Z");
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.valueOf()) || time.closest("h1, h2")) continue;
    const told = time.textContent.trim();
    const day = time.dateTime.length === 10;
    if (chosen.times === "relative" && (exact || day)) {
      if (!told.includes(" to ")) time.textContent = ago(at, day);
    }
    else if (zoned && exact) {
      time.textContent = local(at, told.includes("about") ? "about " : "");
    }
    if (time.textContent.trim() !== told) time.title = told;
  }
}

// Keys: j and k walk the entries of a page; an element with data-key answers to that key; g and a letter goes somewhere.

const places = document.querySelectorAll("[data-go]");
const help = document.getElementById("keys");
let going = false;

function entries() {
  return [...document.querySelectorAll("main [data-entry], main .headline > a")].filter((one) => one.offsetParent);
}

function walk(step) {
  const all = entries();
  const here = all.findIndex((one) => one.contains(document.activeElement));
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step];
  if (!next) return;
  if (!next.matches("a, button, summary, [tabindex]")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

function go(letter) {
  for (const place of places) if (place.dataset.go === letter) place.click();
}

function answer(key) {
  const own = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (going) { going = false; go(key); }
  else if (key === "g") { going = true; setTimeout(() => { going = false; }, 1500); }
  else if (key === "j") walk(1);
  else if (key === "k") walk(-1);
  else if (key === "u") history.back();
  else if (key === "?") help.open ? help.close() : help.showModal();
  else if (key === "/") { const box = document.querySelector("input[type=search]"); if (!box) return false; box.focus(); box.select(); }
  else if (own && own.matches("input, select, textarea")) own.focus();
  else if (own) own.click();
  else return false;
  return true;
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const writing = event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");
  if (writing) { if (event.key === "Escape") writing.blur(); return; }
  if (help && help.open && event.key !== "?") return;
  if (event.key.length === 1 && answer(event.key)) event.preventDefault();
}

// Listening: the browser's own speech reads the title and the paragraphs; a second press stops.

function listening(button) {
  const label = button.textContent;
  let heard = false;
  const parts = () => [...document.querySelectorAll(button.dataset.listen)].filter((one) => one.innerText.trim());
  function stop() {
    speechSynthesis.cancel();
    for (const one of document.querySelectorAll(".heard")) one.classList.remove("heard");
    button.textContent = label;
    button.setAttribute("aria-pressed", "false");
  }
  function words(part) {
    const copy = part.cloneNode(true);
    for (const mark of copy.querySelectorAll(".ref, .trace, .visually-hidden")) mark.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }
  function read(left) {
    const part = left.shift();
    if (!part || button.getAttribute("aria-pressed") !== "true") return stop();
    const said = new SpeechSynthesisUtterance(words(part));
    said.lang = (part.closest("[lang]") || root).lang;
    said.onstart = () => { heard = true; part.classList.add("heard"); };
    said.onend = () => { part.classList.remove("heard"); read(left); };
    said.onerror = () => {
      const mute = !heard && button.getAttribute("aria-pressed") === "true";
      stop();
      if (mute) button.textContent = "This browser has no voice";
    };
    speechSynthesis.speak(said);
  }
  button.hidden = false;
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") return stop();
    button.setAttribute("aria-pressed", "true");
    button.textContent = "Stop listening";
    read(parts());
  });
  addEventListener("pagehide", stop);
}

// Reading without a network: the worker keeps what was read, and the first page, which was there before it; what a page
// marks as kept it keeps until told otherwise.

async function offline() {
  const there = navigator.serviceWorker.controller;
  const registering = navigator.serviceWorker.register(chosen.worker, { scope: chosen.scope });
  const worker = there || (await registering, await navigator.serviceWorker.ready).active;
  const list = document.querySelector("[data-keep]");
  if (worker && !there) worker.postMessage({ read: location.href.split("#")[0] });
  if (list && worker) worker.postMessage({ keep: [...list.querySelectorAll("a[data-kept]")].map((one) => one.href) });
}

// What was open for a while counts as read; the page's own form says so.

function read(form) {
  setTimeout(() => {
    if (document.visibilityState !== "visible") return;
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" }).catch(() => {});
  }, 5000);
}

retime();
document.querySelectorAll("form[data-read='']").forEach(read);
if (chosen.keys === "on") document.addEventListener("keydown", pressed);
for (const button of document.querySelectorAll("[data-help]")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}
if ("speechSynthesis" in window) document.querySelectorAll("button[data-listen]").forEach(listening);
if (chosen.worker && "serviceWorker" in navigator) offline().catch(() => {});
