// Small things that several scripts need of the page they are in.

/** Whether keys typed at *target* are letters of a text rather than keys of the page. */
export function inField(target) {
  return Boolean(
    target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"),
  );
}

/** What was remembered under *key* on this machine; null without storage. */
export function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Whether *value* could be remembered under *key*; an empty value forgets. */
export function remember(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/** A new element with a text and properties. */
export function element(name, text = "", properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, properties);
}
