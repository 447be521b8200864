/** What the manual's pages say of the program, held against the program. */
package io.tocsin.site;
