// What every page gets better by: the appearance, copy buttons, and the dialog of keys.
import { inField, remembered, remember } from "./page.js";

const SCHEME = "dam:scheme";

function appearance() {
  const choice = document.querySelector("[data-scheme-choice]");
  if (!choice) return;
  choice.closest("label").hidden = false;
  choice.value = remembered(SCHEME) ?? "";
  choice.addEventListener("change", () => {
    remember(SCHEME, choice.value);
    if (choice.value) document.documentElement.dataset.scheme = choice.value;
    else delete document.documentElement.dataset.scheme;
  });
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const text = source.value ?? source.textContent;
  const label = button.querySelector("span");
  const before = label.innerHTML;
  try {
    await navigator.clipboard.writeText(text);
    label.textContent = "Copied";
  } catch {
    // Without permission or TLS the text is selected, and the reader's own key copies it.
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    label.textContent = "Selected";
  }
  setTimeout(() => (label.innerHTML = before), 2000);
}

function openKeys() {
  const dialog = document.getElementById("keys");
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-open]");
  if (!button) return;
  if (button.dataset.copy) copy(button);
  else openKeys();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || inField(event.target)) return;
  event.preventDefault();
  openKeys();
});

function reveal() {
  const dialog = document.getElementById("keys");
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
  }
  for (const button of document.querySelectorAll("[data-open]")) button.hidden = !dialog;
}

document.addEventListener("dam:page", reveal);
appearance();
reveal();
