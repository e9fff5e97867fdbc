// The share sheet. The button of a page opens it in a dialog; tabs, choices and the rectangle are
// made of what the sheet says without a script, which is its own page at /p/{id}/share.
import { element } from "./page.js";

const TYPED_MS = 400;

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-share]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented) return;
  event.preventDefault();
  const sheet = await fetched(link.href);
  if (sheet) open(sheet, link);
  else location.assign(link.href);
});

async function fetched(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("share-sheet");
  } catch {
    return null;
  }
}

function open(sheet, opener) {
  const dialog = element("dialog", "", { className: "share-dialog" });
  dialog.setAttribute("aria-labelledby", "share-dialog-title");
  const head = element("header");
  const close = element("button", "Close", { type: "button" });
  close.addEventListener("click", () => dialog.close());
  head.append(element("h2", "Share", { id: "share-dialog-title" }), close);
  dialog.append(head, document.importNode(sheet, true));
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  // A press beside the dialog closes it, as people expect of what floats.
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target !== dialog) return;
    const box = dialog.getBoundingClientRect();
    const inside =
      event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('[role="tab"]')?.focus();
}

class ShareSheet extends HTMLElement {
  connectedCallback() {
    if (this.dataset.ready) return;
    this.dataset.ready = "yes";
    for (const note of this.querySelectorAll("[data-with-script]")) note.hidden = false;
    this.panels = [...this.querySelectorAll(".share-tab")];
    this.makeTabs();
    for (const fields of this.querySelectorAll(".share-fields")) choices(fields);
    this.form = this.querySelector("form.region");
    if (this.form) this.watchRegion();
    document.dispatchEvent(new CustomEvent("dam:page"));
  }

  makeTabs() {
    const list = element("div", "", { className: "share-tabs" });
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", "Ways to share");
    this.tabs = this.panels.map((panel) => {
      const tab = element("button", panel.dataset.tab, { type: "button", id: `tab-${panel.id}` });
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("click", () => this.show(tab));
      return tab;
    });
    list.append(...this.tabs);
    list.addEventListener("keydown", (event) => this.step(event));
    this.prepend(list);
    const named = this.panels.findIndex((panel) => `#${panel.id}` === location.hash);
    this.show(this.tabs[Math.max(0, named)]);
  }

  show(chosen) {
    this.tabs.forEach((tab, index) => {
      const on = tab === chosen;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      this.panels[index].hidden = !on;
    });
    // A picture in a panel that was hidden has a size only now.
    this.drawBox();
  }

  step(event) {
    const at = this.tabs.indexOf(event.target);
    const back = getComputedStyle(this).direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    const last = this.tabs.length - 1;
    const to = {
      Home: 0,
      End: last,
      [back]: at > 0 ? at - 1 : last,
      [back === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: at < last ? at + 1 : 0,
    }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    this.show(this.tabs[to]);
    this.tabs[to].focus();
  }

  watchRegion() {
    this.stage = this.querySelector(".region-stage");
    this.sides = [this.form.elements.x, this.form.elements.y, this.form.elements.w, this.form.elements.h];
    const frame = element("div", "", { className: "region-frame" });
    this.box = element("div", "", { className: "region-box", hidden: true });
    frame.append(this.box);
    this.stage.append(frame);
    this.stage.addEventListener("pointerdown", (event) => this.begin(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    this.form.addEventListener("input", () => {
      this.drawBox();
      clearTimeout(this.typed);
      this.typed = setTimeout(() => this.form.checkValidity() && this.ask(), TYPED_MS);
    });
    this.viewer = document.querySelector("dam-viewer");
    const take = this.form.querySelector('[data-region="view"]');
    take.hidden = !this.viewer?.region?.();
    take.addEventListener("click", () => this.take(this.viewer.region()));
    this.drawBox();
  }

  get whole() {
    return { width: Number(this.form.dataset.width), height: Number(this.form.dataset.height) };
  }

  begin(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const from = this.place(event);
    this.stage.setPointerCapture(event.pointerId);
    const move = (moved) => this.between(from, this.place(moved));
    const end = (ended) => {
      this.stage.removeEventListener("pointermove", move);
      if (ended.type === "pointerup" && this.between(from, this.place(ended))) this.ask();
    };
    this.stage.addEventListener("pointermove", move);
    this.stage.addEventListener("pointerup", end, { once: true });
    this.stage.addEventListener("pointercancel", end, { once: true });
  }

  // Where a pointer is, in fractions of the picture.
  place(event) {
    const box = this.stage.getBoundingClientRect();
    const within = (part) => Math.min(1, Math.max(0, part));
    return [within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height)];
  }

  // Whether there is a rectangle between two places; it is drawn and written into the fields.
  between([x1, y1], [x2, y2]) {
    const parts = [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1)];
    if (parts[2] < 0.005 || parts[3] < 0.005) return false;
    this.write(parts);
    return true;
  }

  take(parts) {
    if (!parts) return;
    this.write(parts);
    this.ask();
  }

  write(parts) {
    const { width, height } = this.whole;
    const pixels = parts.map((part, side) => Math.round(part * (side % 2 ? height : width)));
    pixels[2] = Math.max(1, Math.min(pixels[2], width - pixels[0]));
    pixels[3] = Math.max(1, Math.min(pixels[3], height - pixels[1]));
    this.sides.forEach((side, index) => (side.value = pixels[index]));
    this.drawBox();
  }

  drawBox() {
    if (!this.box) return;
    const [x, y, w, h] = this.sides.map((side) => (side.value === "" ? NaN : Number(side.value)));
    const { width, height } = this.whole;
    this.box.hidden = !(x >= 0 && y >= 0 && w > 0 && h > 0);
    if (this.box.hidden) return;
    const percent = (part, of) => `${(100 * part) / of}%`;
    Object.assign(this.box.style, {
      left: percent(x, width),
      top: percent(y, height),
      width: percent(Math.min(w, width - x), width),
      height: percent(Math.min(h, height - y), height),
    });
  }

  // The server knows how each link is written; what it answers takes the place of the fields.
  async ask() {
    const address = new URL(this.form.action);
    address.search = new URLSearchParams(new FormData(this.form));
    address.hash = "";
    const asked = (this.asked = address.href);
    const sheet = await fetched(address.href);
    if (asked !== this.asked) return;
    const fresh = sheet?.querySelector(`#${CSS.escape(this.form.closest(".share-tab").id)} .share-fields`);
    if (!fresh) return this.form.submit();
    const fields = this.form.closest(".share-tab").querySelector(".share-fields");
    const chosen = fields.querySelector(".share-choices :checked")?.value;
    fields.replaceChildren(...document.importNode(fresh, true).childNodes);
    choices(fields, chosen);
    const { x, y, w, h } = Object.fromEntries(new FormData(this.form));
    this.querySelector("[data-said]").textContent = `The links are of ${w} by ${h} pixels at ${x}, ${y}.`;
    document.dispatchEvent(new CustomEvent("dam:page"));
  }
}

// Of several fields one is shown: which one, says a row of choices.
function choices(fields, chosen) {
  const all = [...fields.querySelectorAll(":scope > [data-choice]")];
  if (all.length < 2) return;
  const name = `share-${fields.closest(".share-tab").id}`;
  const row = element("div", "", { className: "share-choices" });
  row.setAttribute("role", "radiogroup");
  row.setAttribute("aria-label", "What to copy");
  const show = (value) => {
    for (const field of all) field.hidden = field.dataset.choice !== value;
  };
  const first = all.some((field) => field.dataset.choice === chosen) ? chosen : all[0].dataset.choice;
  for (const { dataset } of all) {
    const label = element("label");
    const radio = element("input", "", { type: "radio", name, value: dataset.choice });
    radio.checked = dataset.choice === first;
    radio.addEventListener("change", () => show(radio.value));
    label.append(radio, dataset.choice);
    row.append(label);
  }
  fields.prepend(row);
  show(first);
}

customElements.define("share-sheet", ShareSheet);
