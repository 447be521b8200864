/** What stages that run alone answer over HTTP. */
package io.tocsin.server.stage;
