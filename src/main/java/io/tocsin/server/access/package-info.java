/** Who asks, and what they may do. */
package io.tocsin.server.access;
