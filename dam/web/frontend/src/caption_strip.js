// The filmstrip: frames are chosen in it, and it stays as it is when one goes on.
import { element } from "./page.js";

const chosen = new Set();
const strip = () => document.querySelector(".desk-top .filmstrip");
const links = () => [...(strip()?.querySelectorAll("a") ?? [])];
const idOf = (link) => link.getAttribute("href").split("/").at(-1);

export const chosenFrames = () => [...chosen];

export function toggleChosen(id, on = !chosen.has(id)) {
  if (on) chosen.add(id);
  else chosen.delete(id);
  showChosen();
}

export function showChosen() {
  for (const link of links()) {
    const on = chosen.has(idOf(link));
    link.classList.toggle("chosen", on);
    const said = link.querySelector(".chosen-said");
    if (on && !said) link.append(element("span", ", chosen", { className: "visually-hidden chosen-said" }));
    if (!on) said?.remove();
  }
  const count = document.getElementById("chosen-count");
  if (count) count.textContent = chosen.size ? `${chosen.size} chosen` : "";
}

/** Whether the filmstrip took the key: Space chooses, arrows move, with Shift they choose. */
export function stripKey(event) {
  const link = event.target.closest?.(".desk-top .filmstrip a");
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === " ") return toggleChosen(idOf(link)), true;
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const other = step && links()[links().indexOf(link) + step];
  if (!other) return false;
  if (event.shiftKey) for (const one of [link, other]) toggleChosen(idOf(one), true);
  other.focus();
  return true;
}

/** Shows how far a frame is, once it was saved. */
export function showState(url, state) {
  const mark = state && links().find((link) => link.getAttribute("href") === url)?.querySelector(".mark");
  if (!mark) return;
  mark.className = `mark tone-${state.tone}`;
  mark.textContent = state.symbol;
  const word = document.querySelector(".desk-top .state");
  if (!word || location.pathname !== url) return;
  word.className = `state tone-${state.tone}`;
  word.lastChild.textContent = ` ${state.words}`;
  word.firstChild.textContent = state.symbol;
}

/** Puts the frames that are there already into *page*, so that no picture of them is loaded anew. */
export function keepStrip(page) {
  const there = new Map(links().map((link) => [link.getAttribute("href"), link]));
  for (const link of page.querySelectorAll(".desk-top .filmstrip a")) {
    const picture = there.get(link.getAttribute("href"))?.querySelector("img");
    const mark = there.get(link.getAttribute("href"))?.querySelector(".mark");
    if (picture) link.querySelector("img, .blank")?.replaceWith(picture);
    if (mark) link.querySelector(".mark").replaceWith(mark);
  }
}
