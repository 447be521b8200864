/** The board of {@code tocsin top}: what it shows, how that is drawn, what keys do. */
package io.tocsin.cli.top;
