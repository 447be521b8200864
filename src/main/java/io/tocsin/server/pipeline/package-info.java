/** How the pipeline itself does: what waits, what was left out, what could not be used. */
package io.tocsin.server.pipeline;
