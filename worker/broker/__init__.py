"""Brokers for the demo, the tests and the benchmarks, behind one small interface."""

from worker.broker.choose import Kind, choose
from worker.broker.external import ExternalBroker
from worker.broker.interface import ABILITIES, Ability, Broker, BrokerError, BrokerUnavailableError, Say
from worker.broker.kafka import ApacheKafka, KafkaOptions, Node
from worker.broker.security import Security, Tls, Tokens
from worker.broker.tansu import Tansu

__all__ = [
    "ABILITIES",
    "Ability",
    "ApacheKafka",
    "Broker",
    "BrokerError",
    "BrokerUnavailableError",
    "ExternalBroker",
    "KafkaOptions",
    "Kind",
    "Node",
    "Say",
    "Security",
    "Tansu",
    "Tls",
    "Tokens",
    "choose",
]
