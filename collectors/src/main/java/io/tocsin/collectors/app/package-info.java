/**
 * Figures of applications and business systems: {@code scrape} asks for them, {@code receiver}
 * takes what is sent, {@code mapping} says what they mean. The packages named after formats only
 * parse.
 */
package io.tocsin.collectors.app;
