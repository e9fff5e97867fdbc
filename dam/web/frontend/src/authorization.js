// A client of IIIF Authorization Flow 2.0: it goes from a description that is refused to one that
// may be drawn. What people see of it is in viewer_access.js.
const TOKEN_MS = 10_000;
const LOOK_MS = 250;

// The description of an image, also where it comes with 401 (Authentication 1.0 §3.1).
export async function describe(service) {
  const answer = await fetch(`${service}/info.json`);
  return answer.json();
}

export function probeOf(info) {
  return [info.service ?? []].flat().find((one) => one.type === "AuthProbeService2");
}

export function accessOf(probe, profile) {
  return [probe.service].flat().find((one) => one.profile === profile);
}

// What the probe says of the image, with a token or without (2.0 §5).
export async function probed(probe, token) {
  // Tokens speak for cookies; a probe that saw both would answer for neither.
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  return (await fetch(probe.id, { headers, credentials: "omit" })).json();
}

// The message of the token service, asked in a frame that nobody sees (2.0 §4.2).
export function asked(access) {
  const service = [access.service].flat().find((one) => one.type === "AuthAccessTokenService2");
  const messageId = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  const address = new URL(service.id);
  address.searchParams.set("messageId", messageId);
  address.searchParams.set("origin", location.origin);
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "Sign-in";
  return new Promise((resolve) => {
    const done = (message) => {
      removeEventListener("message", hear);
      clearTimeout(waiting);
      frame.remove();
      resolve(message);
    };
    const hear = (event) => {
      if (event.origin === address.origin && event.data?.messageId === messageId) done(event.data);
    };
    const waiting = setTimeout(() => done({ type: "AuthAccessTokenError2" }), TOKEN_MS);
    addEventListener("message", hear);
    frame.src = address.href;
    document.body.append(frame);
  });
}

// Opens the access service in a window, and waits until it is closed (2.0 §3.3.1). Browsers tell
// nothing of that window but whether it is there.
export function visited(access) {
  const address = new URL(access.id);
  address.searchParams.set("origin", location.origin);
  const opened = open(address.href, "_blank", "popup,width=560,height=680");
  if (!opened) return Promise.resolve(false);
  return new Promise((resolve) => {
    const look = setInterval(() => {
      if (!opened.closed) return;
      clearInterval(look);
      resolve(true);
    }, LOOK_MS);
  });
}

// Whether the image may be drawn now, by what an access service gives; else why not, in words.
export async function letIn(probe, access) {
  const message = await asked(access);
  if (!message.accessToken) return { may: false, told: message };
  const told = await probed(probe, message.accessToken);
  return { may: told.status === 200, told };
}
