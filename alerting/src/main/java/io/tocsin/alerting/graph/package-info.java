/** How resources hang together: what runs on what, and which service depends on which. Pure. */
package io.tocsin.alerting.graph;
