/** Business events: JSON to figures; only parses. */
package io.tocsin.collectors.app.event;
