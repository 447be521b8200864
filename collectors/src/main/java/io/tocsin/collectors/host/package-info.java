/**
 * The machine itself, read from /proc and /sys. {@link io.tocsin.collectors.host.ProcFiles} reads;
 * the classes named after files' contents only parse.
 */
package io.tocsin.collectors.host;
