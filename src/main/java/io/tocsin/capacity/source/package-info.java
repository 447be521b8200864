/** Where series come from: a trace in files, or the history of an installation. */
package io.tocsin.capacity.source;
