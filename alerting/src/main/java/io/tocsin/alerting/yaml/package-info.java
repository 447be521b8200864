/** Files that people write, read so that every problem has a line and a column. Pure. */
package io.tocsin.alerting.yaml;
