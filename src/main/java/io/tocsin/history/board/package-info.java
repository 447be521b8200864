/**
 * Boards for Grafana. One definition in YAML says what a board shows; SQL for QuestDB and InfluxQL
 * for InfluxDB are both made of it, so that both stores show the same.
 */
package io.tocsin.history.board;
