// What this browser remembers for its user. Works, forgetting, where storage is off.

const forgotten = new Map();

export const read = (name) => {
  try {
    return localStorage.getItem(`tocsin-${name}`);
  } catch {
    return forgotten.get(name) ?? null;
  }
};

export const write = (name, value) => {
  try {
    localStorage.setItem(`tocsin-${name}`, value);
  } catch {
    forgotten.set(name, value);
  }
};
