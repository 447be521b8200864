/** What changes, told to open pages as it happens. */
package io.tocsin.server.live;
