// The token service of IIIF: hands the message of its page to the page around it, and to no other
// site than the one that it was made for (Authorization Flow 2.0 §4.3, Authentication 1.0 §2.2.4).
const { message, origin } = document.body.dataset;
window.parent.postMessage(JSON.parse(message), origin);
