/** InfluxDB line protocol, as Telegraf and the InfluxDB clients send it; only parses. */
package io.tocsin.collectors.app.influx;
