/**
 * What all sources of application figures have in common: the {@link
 * io.tocsin.collectors.app.figure.Figure} that parsers hand on, and the small parts they parse
 * with.
 */
package io.tocsin.collectors.app.figure;
