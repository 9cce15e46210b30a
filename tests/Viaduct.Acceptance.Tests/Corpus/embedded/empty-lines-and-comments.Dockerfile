

# first

   # second
FROM scratch
	# after a tab

  COPY   a.txt     /a   

	ENV	a=1	b=2

# last
