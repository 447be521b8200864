/** What people were told, and what became of it. */
package io.tocsin.server.delivery;
