import { empty } from '../lib/dom.js';

export const title = 'capacity';

export const show = async (root) => {
  root.append(empty('This page is being built.'));
};
