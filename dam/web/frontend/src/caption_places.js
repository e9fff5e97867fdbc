// Going to a field or a section of the desk, also to what is folded away.

/** Gives a field the focus, the caret behind its words. */
export function focusField(name) {
  const field = name && document.getElementById(name);
  if (!field) return;
  field.focus({ preventScroll: false });
  field.setSelectionRange?.(field.value.length, field.value.length);
}

/** Opens what is folded and goes to a field or a section of the form. */
export function show(id) {
  const place = document.getElementById(id);
  if (!place) return;
  place.closest("details")?.setAttribute("open", "");
  if (!place.matches("input, textarea")) place.tabIndex = -1;
  place.focus();
}
