// Photographs from a drop or the file field, one request a file, each with its state in words.
import { element } from "./page.js";

const AT_ONCE = 2;

const form = document.getElementById("upload");
const section = document.getElementById("uploads");
const list = section.querySelector(".uploads");
const summary = document.getElementById("uploads-summary");
const field = document.getElementById("files");
const token = form.elements.csrf_token.value;

const waiting = [];
const counts = { all: 0, ready: 0, duplicate: 0, refused: 0, failed: 0 };
let running = 0;

function size(bytes) {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} KB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

/** A line of the list: name, size, bar, words. */
function row(file, path) {
  const item = element("li");
  const bar = element("progress", "", { max: 1, value: 0 });
  bar.setAttribute("aria-label", path);
  const words = element("span", "Waiting", { className: "words quiet" });
  item.append(element("span", path), element("span", size(file.size), { className: "number quiet" }), bar, words);
  list.append(item);
  return { item, bar, words };
}

function say(line, words, tone = "quiet", link = null) {
  line.words.className = `words tone-${tone}`;
  line.words.textContent = words;
  if (link) line.words.append(" ", element("a", link.label, { href: link.url }));
}

function add(file, path) {
  counts.all += 1;
  waiting.push({ file, path, line: row(file, path) });
  section.hidden = false;
  pump();
}

function pump() {
  while (running < AT_ONCE && waiting.length) {
    running += 1;
    send(waiting.shift());
  }
  tell();
}

function finish() {
  running -= 1;
  pump();
}

function send(task) {
  const body = new FormData();
  body.append("csrf_token", token);
  body.append("path", task.path);
  body.append("files", task.file, task.file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    task.line.bar.value = event.loaded / event.total;
    const sent = Math.floor((100 * event.loaded) / event.total);
    say(task.line, sent < 100 ? `${sent} %` : "Arrived, being read");
  });
  request.addEventListener("load", () => answered(task, request));
  request.addEventListener("error", () => lost(task));
  request.addEventListener("abort", () => lost(task));
  request.send(body);
}

function answer(request) {
  try {
    const json = JSON.parse(request.responseText);
    return Array.isArray(json) ? json[0] : json;
  } catch {
    return null;
  }
}

function answered(task, request) {
  const json = answer(request);
  task.line.bar.hidden = true;
  if (!json?.state) {
    lost(task, refusal(request.status, json));
    return;
  }
  const link = json.id ? { url: `/desk/p/${json.id}`, label: "Open" } : null;
  if (json.state === "duplicate") {
    counts.duplicate += 1;
    const url = `/desk/p/${json.duplicate_of}`;
    say(task.line, "Already here: the same file.", "waiting", { url, label: "See it" });
  } else if (json.state === "refused" || json.state === "skipped") {
    counts.refused += 1;
    say(task.line, json.reason || "Not taken in.", "stop");
  } else if (json.state === "failed") {
    lost(task, json.reason);
    return;
  } else {
    counts.ready += 1;
    say(task.line, json.reason || (json.state === "ready" ? "Ready." : "Taken in."), "good", link);
  }
  finish();
}

function refusal(status, json) {
  if (json?.detail || json?.reason) return json.detail ?? json.reason;
  if (status === 413) return "Larger than this archive takes.";
  if (status === 401 || status === 403) return "The session has ended. Sign in in another tab, then try again.";
  return `The archive answered ${status}, and kept nothing of this file.`;
}

/** The request did not come through: nothing was kept, and it can be sent again. */
function lost(task, reason = "The connection was lost; nothing of this file was kept.") {
  counts.failed += 1;
  task.line.bar.hidden = true;
  say(task.line, reason, "stop");
  const again = element("button", "Try again", { type: "button", className: "compact" });
  again.addEventListener("click", () => {
    counts.failed -= 1;
    task.line.bar.hidden = false;
    task.line.bar.value = 0;
    say(task.line, "Waiting");
    waiting.push(task);
    pump();
  });
  task.line.words.append(" ", again);
  finish();
}

function tell() {
  const done = counts.ready + counts.duplicate + counts.refused + counts.failed;
  const parts = [`${done} of ${counts.all} done`];
  if (counts.duplicate) parts.push(`${counts.duplicate} already here`);
  if (counts.refused) parts.push(`${counts.refused} refused: see why below`);
  if (counts.failed) parts.push(`${counts.failed} not sent`);
  summary.textContent = `${parts.join(", ")}.`;
  if (done !== counts.all || !counts.ready) return;
  summary.append(" ", element("a", "Show them on the desk", { href: "/desk/" }));
}

/** Every file under a dropped entry; folders are walked. */
async function walk(entry, visit) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    visit(file, entry.fullPath.replace(/^\//, ""));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!batch.length) return;
    for (const child of batch) if (!child.name.startsWith(".")) await walk(child, visit);
  }
}

let depth = 0;
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

addEventListener("dragenter", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth += 1;
  document.body.classList.add("dropping");
});
addEventListener("dragover", (event) => {
  if (carriesFiles(event)) event.preventDefault();
});
addEventListener("dragleave", () => {
  depth = Math.max(0, depth - 1);
  if (!depth) document.body.classList.remove("dropping");
});
addEventListener("drop", async (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth = 0;
  document.body.classList.remove("dropping");
  // Entries must be taken before the first await: the list is emptied when the event ends.
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.length) for (const file of event.dataTransfer.files) add(file, file.name);
  for (const entry of entries) await walk(entry, add);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  for (const file of field.files) add(file, file.name);
  field.value = "";
});
field.addEventListener("change", () => form.requestSubmit());
// Choosing files is enough when the script runs: the second button would ask twice.
form.querySelector("[data-upload-button]").hidden = true;

addEventListener("beforeunload", (event) => {
  if (running || waiting.length) event.preventDefault();
});
