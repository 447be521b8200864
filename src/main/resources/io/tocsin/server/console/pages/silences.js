import { empty } from '../lib/dom.js';

export const title = 'silences';

export const show = async (root) => {
  root.append(empty('This page is being built.'));
};
