// The window of the access service has done its work; a viewer waits for its end.
window.close();
