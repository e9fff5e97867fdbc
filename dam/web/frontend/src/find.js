// Results while one types; without this script the form does the same by its button.

const form = document.querySelector("form[data-instant]");
const WAIT_MS = 120;

let timer = 0;
let asking = null;

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const asked = new URLSearchParams(new FormData(form));
  const address = `${form.getAttribute("action")}?${asked}`;
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById(form.dataset.instant);
    if (!found) return;
    document.getElementById(form.dataset.instant).replaceChildren(...found.childNodes);
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") form.dataset.failed = "1"; // the button still works
  }
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT_MS);
});
