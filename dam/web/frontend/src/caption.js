// The captioning desk: saves as one writes, moves between frames without letting go of the field,
// and never loses a word. Without it the page is a plain form that does the same with its buttons.
import { element, inField, remember, remembered } from "./page.js";
import { compare } from "./caption_conflict.js";
import { Draft } from "./caption_draft.js";

const IDLE_MS = 600;
const LETTERS = "dam:single-letters";

const frames = new Map(); // HTML of neighbours, fetched ahead
const savings = new Map(); // by address: what must be stored before that frame is fetched
let desk = null;

/** One frame on the desk, from mount to the next one. */
class Desk {
  constructor() {
    this.form = document.getElementById("caption");
    this.id = this.form.dataset.frame;
    this.url = this.form.getAttribute("action");
    this.banner = document.getElementById("caption-banner");
    this.draft = new Draft(this.id);
    this.saved = this.values();
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("focusout", () => this.save());
    this.form.addEventListener("submit", (event) => this.submitted(event));
    document.getElementById("add-language").addEventListener("submit", (event) => this.addLanguage(event));
    this.offerDraft();
    this.fetchAhead();
  }

  values() {
    const values = Object.fromEntries(new FormData(this.form));
    delete values.csrf_token;
    delete values.revision;
    return values;
  }

  changed() {
    const now = this.values();
    return Object.keys(now).some((name) => now[name] !== this.saved[name]);
  }

  typed() {
    clearTimeout(this.idle);
    if (this.draft.keep(this.values(), this.saved)) this.say("Writing…");
    this.idle = setTimeout(() => this.save(), IDLE_MS);
  }

  say(words, tone = "quiet") {
    if (desk !== this) return;
    const status = document.getElementById("saved");
    status.className = `saved tone-${tone}`;
    if (status.textContent !== words) status.textContent = words;
  }

  /** Saves what has changed; one request at a time, in the order of writing. */
  save({ done = false } = {}) {
    clearTimeout(this.idle);
    this.saving = (this.saving ?? Promise.resolve()).then(() => this.send(done));
    savings.set(this.url, this.saving);
    return this.saving;
  }

  async send(done) {
    if (this.conflict || (!done && !this.changed())) return !this.conflict;
    const sent = this.values();
    const body = new FormData(this.form);
    if (done) body.append("done", "1");
    this.say("Saving…");
    let response;
    try {
      response = await fetch(this.form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        keepalive: true,
      });
    } catch {
      return this.kept("Not saved: offline. The words are kept on this machine.");
    }
    return this.answered(response, sent);
  }

  async answered(response, sent) {
    let json = null;
    try {
      json = await response.json();
    } catch {
      // A page instead of an answer: the session ended, or a proxy spoke.
    }
    if (response.status === 409 && json?.theirs) return this.conflicted(json, sent);
    if (!json || typeof json.revision !== "number") {
      const ended = response.redirected || [400, 401, 403].includes(response.status);
      return this.kept(
        json?.detail ?? (ended ? "Not saved: the session has ended. Sign in in another tab; the words are kept here." : "Not saved: the archive did not take it. The words are kept on this machine."),
      );
    }
    this.form.elements.revision.value = json.revision;
    this.saved = sent;
    this.mark(json.errors ?? {}, json.understood ?? {});
    frames.delete(this.url); // by now another frame may be on the desk
    const wrong = Object.keys(json.errors ?? {}).length;
    if (!wrong && !this.changed()) this.draft.forget();
    this.say(wrong ? `Saved ${json.saved_at}, but for what is marked` : `Saved ${json.saved_at}`, wrong ? "waiting" : "quiet");
    return true;
  }

  kept(words) {
    if (desk === this) this.say(words, "stop");
    else if (desk) desk.tell(`${words} It is frame ${this.id}.`, { url: this.url, label: "Go back to it" });
    return false;
  }

  conflicted(json, sent) {
    this.conflict = true;
    this.say("Not saved: somebody else saved first.", "stop");
    compare(this, json, sent, this.saved);
    return false;
  }

  mark(errors, understood) {
    for (const place of this.form.querySelectorAll("[data-error-of]")) {
      const name = place.dataset.errorOf;
      place.textContent = errors[name] ?? "";
      this.form.elements[name].toggleAttribute("aria-invalid", false);
      if (errors[name]) this.form.elements[name].setAttribute("aria-invalid", "true");
    }
    for (const place of this.form.querySelectorAll("[data-reading-of]")) {
      const reading = understood[place.dataset.readingOf];
      const lines = reading === undefined ? [] : [reading].flat();
      place.replaceChildren(...lines.map((line) => element("li", line)));
    }
  }

  tell(words, link = null) {
    const note = element("p", `${words} `, { className: "banner" });
    if (link) note.append(element("a", link.label, { href: link.url }));
    this.banner.append(note);
  }

  offerDraft() {
    const kept = this.draft.read(this.values());
    if (!kept) return;
    const box = element("section", "", { className: "banner" });
    const put = element("button", "Put them back", { type: "button" });
    const drop = element("button", "Forget them", { type: "button" });
    put.addEventListener("click", () => {
      this.fill(kept.values);
      box.remove();
      this.save();
    });
    drop.addEventListener("click", () => {
      this.draft.forget();
      box.remove();
    });
    const buttons = element("p", "", { className: "actions" });
    buttons.append(put, drop);
    box.append(element("p", `Words of ${kept.time} were not saved and are kept on this machine:`), preview(kept.changes), buttons);
    this.banner.append(box);
  }

  fill(values) {
    for (const [name, value] of Object.entries(values)) {
      if (this.form.elements[name]) this.form.elements[name].value = value;
    }
  }

  async submitted(event) {
    event.preventDefault();
    if (event.submitter?.name === "done") await finishFrame();
    else await this.save();
  }

  async addLanguage(event) {
    event.preventDefault();
    const language = event.target.elements.add.value.trim();
    if (!language) return;
    if (await this.save()) location.assign(`${location.pathname}?add=${encodeURIComponent(language)}#field=caption@${language}`);
  }

  fetchAhead() {
    const { next, previous, nextWithoutCaption } = this.form.dataset;
    for (const url of new Set([next, nextWithoutCaption, previous].filter(Boolean))) {
      if (!frames.has(url)) frames.set(url, fetchFrame(url));
    }
  }

  /** F2: what the previous frame says, into this field or into every empty one. */
  async copyFromPrevious(field) {
    const { previous } = this.form.dataset;
    const page = previous && (await frameOf(previous));
    if (!page) return this.say("There is no previous frame to copy from.", "waiting");
    const theirs = page.getElementById("caption").elements;
    const fields = field ? [field] : [...this.form.elements].filter((f) => f.name && !f.value && f.type !== "hidden");
    for (const one of fields) if (theirs[one.name]) one.value = theirs[one.name].value;
    return this.typed();
  }
}

function preview(changes) {
  const box = element("div", "", { className: "stack" });
  for (const words of Object.values(changes)) box.append(element("p", words || "(emptied)", { className: "prose small" }));
  return box;
}

async function fetchFrame(url) {
  try {
    await savings.get(url); // else the words that were just written there would seem lost
    const response = await fetch(url, { headers: { Accept: "text/html" } });
    const html = response.ok && !response.redirected ? await response.text() : "";
    const page = new DOMParser().parseFromString(html, "text/html");
    const picture = page.querySelector(".viewer-still");
    if (picture) new Image().src = picture.getAttribute("src");
    return page.getElementById("caption") ? page : null;
  } catch {
    return null;
  }
}

async function frameOf(url) {
  if (!frames.has(url)) frames.set(url, fetchFrame(url));
  const page = await frames.get(url);
  if (!page) frames.delete(url);
  return page;
}

/** Goes to another frame: in place when it was fetched, as a navigation when it was not. */
async function go(url, { push = true } = {}) {
  const field = document.activeElement?.name;
  desk.save(); // does not wait: a frame that was not saved says so, wherever we are by then
  const page = await frameOf(url);
  if (!page) {
    await desk.saving;
    location.assign(field ? `${url}#field=${field}` : url);
    return;
  }
  frames.delete(url); // once shown it is edited, so its stored copy is old
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  document.title = page.title;
  if (push) history.pushState(null, "", url);
  mount(field);
}

async function finishFrame() {
  const next = desk.form.dataset.nextWithoutCaption ?? desk.form.dataset.next;
  if (!(await desk.save({ done: true }))) return;
  if (next) await go(next);
  else desk.say("Done. No frame without a caption is left.", "good");
}

function focusField(name) {
  const field = name && document.getElementById(name);
  if (!field) return;
  field.focus({ preventScroll: false });
  field.setSelectionRange?.(field.value.length, field.value.length);
}

function mount(field) {
  desk = new Desk();
  focusField(field);
  const strip = document.querySelector(".desk-top .filmstrip");
  const current = strip?.querySelector("[aria-current]");
  if (current) strip.scrollLeft = current.offsetLeft - strip.offsetLeft - strip.clientWidth / 2;
  document.dispatchEvent(new CustomEvent("dam:page"));
}

const viewer = (action) => document.querySelector("dam-viewer")?.viewer && document.querySelector("dam-viewer").perform(action);

const LETTER_KEYS = {
  z: () => viewer("toggle"),
  1: () => viewer("pixels"),
  u: () => document.getElementById("undo-button")?.click(),
};

function pressed(event) {
  if (document.getElementById("keys")?.open || event.isComposing) return false;
  const { previous, next } = desk.form.dataset;
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (event.key === "PageUp" && !modified) return previous && go(previous), Boolean(previous);
  if (event.key === "PageDown" && !modified) return next && go(next), Boolean(next);
  if (event.key === "Enter" && event.ctrlKey) return finishFrame(), true;
  if (event.key === "F2") return desk.copyFromPrevious(inField(event.target) ? event.target : null), true;
  if (event.key === "Escape" && inField(event.target)) return event.target.blur(), true;
  if (modified || inField(event.target) || remembered(LETTERS) === "off") return false;
  const action = LETTER_KEYS[event.key.toLowerCase()];
  if (action) action();
  return Boolean(action);
}

document.addEventListener("keydown", (event) => {
  if (pressed(event)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest(".desk-top .filmstrip a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});
addEventListener("popstate", () => go(location.pathname, { push: false }));
addEventListener("online", () => desk.save());
addEventListener("pagehide", () => desk.save());

const letters = document.querySelector("[data-single-letters]");
letters.checked = remembered(LETTERS) !== "off";
letters.addEventListener("change", () => remember(LETTERS, letters.checked ? "" : "off"));

mount(decodeURIComponent(/^#field=(.+)$/.exec(location.hash)?.[1] ?? ""));
