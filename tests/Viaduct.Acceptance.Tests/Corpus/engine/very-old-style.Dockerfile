# Version 0.1
FROM ubuntu:14.04
MAINTAINER  A. Person, a@example.org

# make sure the package repository is up to date
RUN echo "deb http://archive.ubuntu.com/ubuntu precise main universe" > /etc/apt/sources.list
RUN apt-get update
RUN DEBIAN_FRONTEND=noninteractive apt-get install -y openssh-server supervisor
RUN mkdir -p /var/run/sshd /var/log/supervisor
RUN sed 's@session\s*required\s*pam_loginuid.so@session optional pam_loginuid.so@g' -i /etc/pam.d/sshd
ADD ./supervisord.conf /etc/supervisor/conf.d/supervisord.conf
ENV NOTVISIBLE "in users profile"
RUN echo "export VISIBLE=now" >> /etc/profile
VOLUME ["/data", "/var/log"]
EXPOSE 22 80 6000-6010 53/udp
CMD ["/usr/bin/supervisord"]
