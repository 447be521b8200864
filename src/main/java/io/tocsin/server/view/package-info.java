/** What the API knows: views of the topics, one per area, each with its own bounds. */
package io.tocsin.server.view;
