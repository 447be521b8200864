/** The report: one HTML file that needs nothing else. */
package io.tocsin.capacity.report;
